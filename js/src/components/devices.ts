/** Microphones and cameras: asked for when the user wants one, with words for what can go wrong. */

export type DeviceKind = "microphone" | "camera";

/** Opens devices of the user; the promise is refused with a sentence. */
export async function openDevices(
  constraints: MediaStreamConstraints,
  kind: DeviceKind,
): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia)
    throw new Error(`A ${kind} can only be used on a page with https, or of this machine.`);
  try {
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (error) {
    throw new Error(inWords(error as Error, kind));
  }
}

export function closeDevices(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

export interface Device {
  id: string;
  name: string;
}

/** The devices there are; their names are known once one may be used. */
export async function devicesOf(kind: DeviceKind): Promise<Device[]> {
  const wanted = kind === "camera" ? "videoinput" : "audioinput";
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return all
    .filter((device) => device.kind === wanted && device.deviceId)
    .map((device, index) => ({ id: device.deviceId, name: device.label || `${kind} ${index + 1}` }));
}

function inWords({ name, message }: Error, kind: DeviceKind): string {
  if (name === "NotAllowedError" || name === "SecurityError")
    return `The ${kind} may not be used. Allow it in the browser, then try again.`;
  if (name === "NotFoundError" || name === "DevicesNotFoundError") return `There is no ${kind}.`;
  if (name === "NotReadableError") return `The ${kind} is in use by another program.`;
  if (name === "OverconstrainedError") return `No ${kind} can do what this app asks for.`;
  return `The ${kind} cannot be used: ${message}`;
}

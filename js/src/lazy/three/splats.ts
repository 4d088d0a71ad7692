/**
 * Gaussian splats: a file of 32 bytes each (place, size, colour, turn), drawn as soft ellipses from the farthest on.
 *
 * How an ellipsoid becomes an ellipse on the screen: Zwicker et al., EWA Splatting, 2002.
 */

import {
  Box3,
  BufferAttribute,
  DoubleSide,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Matrix4,
  Mesh,
  type Object3D,
  type PerspectiveCamera,
  ShaderMaterial,
  Sphere,
  Vector2,
  Vector3,
} from "three";

const BYTES = 32;

const VERTEX = `
attribute vec3 place;
attribute vec3 spreadA;
attribute vec3 spreadB;
attribute vec4 tint;
uniform vec2 viewport;
varying vec4 vTint;
varying vec2 vAt;
void main() {
  vec4 seen = modelViewMatrix * vec4(place, 1.0);
  vec4 middle = projectionMatrix * seen;
  mat3 spread = mat3(spreadA.x, spreadA.y, spreadA.z, spreadA.y, spreadB.x, spreadB.y, spreadA.z, spreadB.y, spreadB.z);
  vec2 focal = vec2(projectionMatrix[0][0], projectionMatrix[1][1]) * viewport * 0.5;
  mat3 flatten = mat3(
    focal.x / seen.z, 0.0, 0.0,
    0.0, focal.y / seen.z, 0.0,
    -focal.x * seen.x / (seen.z * seen.z), -focal.y * seen.y / (seen.z * seen.z), 0.0);
  mat3 turned = flatten * mat3(modelViewMatrix);
  mat3 shape = turned * spread * transpose(turned);
  float a = shape[0][0] + 0.3, b = shape[0][1], c = shape[1][1] + 0.3;
  float half_sum = 0.5 * (a + c);
  float apart = length(vec2(0.5 * (a - c), b));
  float longest = half_sum + apart, shortest = max(half_sum - apart, 0.1);
  vec2 along = abs(b) < 1e-6 ? vec2(a >= c ? 1.0 : 0.0, a >= c ? 0.0 : 1.0) : normalize(vec2(b, longest - a));
  vec2 major = min(sqrt(2.0 * longest), 1024.0) * along;
  vec2 minor = min(sqrt(2.0 * shortest), 1024.0) * vec2(along.y, -along.x);
  vAt = position.xy * 2.0;
  vTint = tint;
  gl_Position = middle.w <= 0.0 ? vec4(2.0, 2.0, 2.0, 1.0)
    : vec4(middle.xy / middle.w + (vAt.x * major + vAt.y * minor) / viewport * 2.0, middle.z / middle.w, 1.0);
}`;

const FRAGMENT = `
varying vec4 vTint;
varying vec2 vAt;
void main() {
  float far = dot(vAt, vAt);
  if (far > 4.0) discard;
  gl_FragColor = vec4(vTint.rgb, exp(-far) * vTint.a);
}`;

export function splatsOf(bytes: ArrayBuffer): { root: Object3D; sort: (camera: PerspectiveCamera) => void } {
  const count = Math.floor(bytes.byteLength / BYTES);
  if (count === 0) throw new Error("the file holds no splats");
  const floats = new Float32Array(bytes, 0, count * 8);
  const bits = new Uint8Array(bytes, 0, count * BYTES);
  const places = new Float32Array(count * 3);
  const spreads = new Float32Array(count * 6);
  const tints = new Float32Array(count * 4);
  for (let at = 0; at < count; at++) {
    // these files have y and z the other way round
    places.set([floats[at * 8] ?? 0, -(floats[at * 8 + 1] ?? 0), -(floats[at * 8 + 2] ?? 0)], at * 3);
    for (let part = 0; part < 4; part++) tints[at * 4 + part] = (bits[at * BYTES + 24 + part] ?? 0) / 255;
    spreads.set(spreadOf(floats, bits, at), at * 6);
  }
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute(
    "position",
    new BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]), 3),
  );
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  geometry.instanceCount = count;
  const attribute = (size: number) =>
    new InstancedBufferAttribute(new Float32Array(count * size), size).setUsage(DynamicDrawUsage);
  const ordered = { place: attribute(3), spreadA: attribute(3), spreadB: attribute(3), tint: attribute(4) };
  for (const [name, made] of Object.entries(ordered)) geometry.setAttribute(name, made);
  const box = new Box3();
  for (let at = 0; at < count; at++) box.expandByPoint(new Vector3().fromArray(places, at * 3));
  geometry.boundingBox = box;
  geometry.boundingSphere = box.getBoundingSphere(new Sphere());
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { viewport: { value: new Vector2(1, 1) } },
    transparent: true,
    depthTest: true,
    depthWrite: false,
    side: DoubleSide,
  });
  const root = new Mesh(geometry, material);
  root.frustumCulled = false;
  root.userData.isSplats = true;
  root.onBeforeRender = (renderer) => {
    renderer.getDrawingBufferSize(material.uniforms.viewport?.value as Vector2);
  };
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  const depths = new Float32Array(count);
  const last = new Vector3();
  const view = new Matrix4();
  const sort = (camera: PerspectiveCamera) => {
    camera.updateMatrixWorld();
    view.copy(camera.matrixWorld).invert();
    const [x, y, z] = [view.elements[2] ?? 0, view.elements[6] ?? 0, view.elements[10] ?? 0];
    if (last.x * x + last.y * y + last.z * z > 0.999) return; // seen from nearly where it was put in order
    last.set(x, y, z);
    for (let at = 0; at < count; at++) {
      depths[at] = x * (places[at * 3] ?? 0) + y * (places[at * 3 + 1] ?? 0) + z * (places[at * 3 + 2] ?? 0);
    }
    order.sort((one, other) => (depths[one] ?? 0) - (depths[other] ?? 0));
    for (const [to, from] of order.entries()) {
      ordered.place.array.set(places.subarray(from * 3, from * 3 + 3), to * 3);
      ordered.spreadA.array.set(spreads.subarray(from * 6, from * 6 + 3), to * 3);
      ordered.spreadB.array.set(spreads.subarray(from * 6 + 3, from * 6 + 6), to * 3);
      ordered.tint.array.set(tints.subarray(from * 4, from * 4 + 4), to * 4);
    }
    for (const made of Object.values(ordered)) made.needsUpdate = true;
  };
  return { root, sort };
}

/** The covariance of a splat: xx, xy, xz, yy, yz, zz. */
function spreadOf(floats: Float32Array, bits: Uint8Array, at: number): number[] {
  const scale = [3, 4, 5].map((part) => floats[at * 8 + part] ?? 0);
  const turn = [28, 29, 30, 31].map((part) => ((bits[at * BYTES + part] ?? 128) - 128) / 128);
  const length = Math.hypot(...turn) || 1;
  const [w = 1, x = 0, y = 0, z = 0] = turn.map((part) => part / length);
  const rows = [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ].map((row, index) => row.map((cell) => (index === 0 ? cell : -cell)));
  const cell = (one: number, other: number) =>
    [0, 1, 2].reduce(
      (sum, axis) => sum + (rows[one]?.[axis] ?? 0) * (rows[other]?.[axis] ?? 0) * (scale[axis] ?? 0) ** 2,
      0,
    );
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 1), cell(1, 2), cell(2, 2)];
}

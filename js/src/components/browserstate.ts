/** BrowserState: a value that the browser holds, encrypted, under a name. */

import { effect } from "@preact/signals";
import type { Block } from "../model";

interface BrowserStateProps {
  value: unknown;
  storage_key: string;
  secret: string;
}

const IV_BYTES = 12;

async function keyOf(secret: string): Promise<CryptoKey> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return crypto.subtle.importKey("raw", digest, "AES-GCM", false, ["encrypt", "decrypt"]);
}

const toText = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const toBytes = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** The value as text that only its secret opens. */
export async function lock(value: unknown, secret: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const data = new TextEncoder().encode(JSON.stringify(value));
  const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(secret), data);
  return toText(new Uint8Array([...iv, ...new Uint8Array(locked)]));
}

/** The value of such a text; undefined when it cannot be opened. */
export async function unlock(text: string, secret: string): Promise<unknown> {
  try {
    const bytes = toBytes(text);
    const iv = bytes.slice(0, IV_BYTES);
    const data = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv },
      await keyOf(secret),
      bytes.slice(IV_BYTES),
    );
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return undefined;
  }
}

/**
 * Gives what the browser holds for a block, undefined when that is nothing, and from then on keeps each new value.
 * Where the browser has no encryption (a page without https) or no storage, nothing is kept.
 */
export async function keep(block: Block): Promise<unknown> {
  const { storage_key, secret, value } = block.props.peek() as unknown as BrowserStateProps;
  if (!globalThis.crypto?.subtle) {
    console.warn(`BrowserState "${storage_key}" is not kept: the browser encrypts on https pages only.`);
    return undefined;
  }
  let held: unknown;
  try {
    const text = localStorage.getItem(storage_key);
    held = text === null ? undefined : await unlock(text, secret);
  } catch {
    return undefined;
  }
  let last = held === undefined ? value : held;
  let writing = Promise.resolve();
  effect(() => {
    const now = block.value;
    if (now === last) return;
    last = now;
    writing = writing.then(async () => {
      const text = await lock(now, secret);
      if (now !== last) return;
      try {
        localStorage.setItem(storage_key, text);
      } catch (error) {
        console.warn(`BrowserState "${storage_key}" could not be kept`, error);
      }
    });
  });
  return held;
}

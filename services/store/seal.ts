// Documents sealed with AES-256-GCM: what reaches the disk is an envelope that names its key, and opens only in its own place.
import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomFillSync } from 'node:crypto';

export interface Seal {
  /** Says which key it was, and nothing about the key. */
  readonly keyId: string;
  /** `keyId.base64(nonce, ciphertext, tag)`; `place` is authenticated with it. */
  close(text: string, place: string): string;
  /** What was sealed, as UTF-8; undefined where the envelope or its place was changed. */
  open(envelope: string, place: string): Buffer | undefined;
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export function sealWith(key: KeyObject): Seal {
  const keyId = createHmac('sha256', key).update('bookadoc data key id').digest('hex').slice(0, 8);
  const prefix = `${keyId}.`;
  // One call for random bytes costs half as much as sealing: a thousand nonces are fetched at once, each used once.
  const nonces = Buffer.alloc(nonceBytes * 1_000);
  let nextAt = nonces.length;
  const newNonce = (): Buffer => {
    if (nextAt === nonces.length) {
      randomFillSync(nonces);
      nextAt = 0;
    }
    nextAt += nonceBytes;
    return nonces.subarray(nextAt - nonceBytes, nextAt);
  };
  return {
    keyId,
    close(text, place) {
      const nonce = newNonce();
      const sealing = createCipheriv(cipher, key, nonce);
      sealing.setAAD(Buffer.from(place));
      const sealed = sealing.update(Buffer.from(text));
      // In this mode nothing is left over for the end.
      sealing.final();
      const bytes = Buffer.allocUnsafe(nonceBytes + sealed.length + tagBytes);
      bytes.set(nonce);
      bytes.set(sealed, nonceBytes);
      bytes.set(sealing.getAuthTag(), nonceBytes + sealed.length);
      return prefix + bytes.toString('base64');
    },
    open(envelope, place) {
      if (!envelope.startsWith(prefix)) return undefined;
      const bytes = Buffer.from(envelope.slice(prefix.length), 'base64');
      if (bytes.length < nonceBytes + tagBytes) return undefined;
      const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes));
      opening.setAAD(Buffer.from(place));
      opening.setAuthTag(bytes.subarray(-tagBytes));
      const text = opening.update(bytes.subarray(nonceBytes, -tagBytes));
      try {
        return Buffer.concat([text, opening.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

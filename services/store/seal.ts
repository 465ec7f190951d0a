// Documents sealed with AES-256-GCM: what reaches the disk is an envelope that names its key, and opens only in its own place.
import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomFillSync } from 'node:crypto';
import type { Kind } from '../ports.ts';

/** Where a document belongs; sealed in another place it does not open. */
interface Place {
  readonly kind: Kind;
  readonly id: string;
  readonly version: number;
}

export interface Seal {
  /** Says which key it was, and nothing about the key. */
  readonly keyId: string;
  /** `keyId.base64(nonce, ciphertext, tag)`. */
  close(json: string, place: Place): string;
  /** The document's text; undefined where the envelope was changed, or belongs elsewhere. */
  open(envelope: string, place: Place): string | undefined;
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export function sealWith(key: KeyObject): Seal {
  const keyId = createHmac('sha256', key).update('bookadoc data key id').digest('hex').slice(0, 8);
  const prefix = `${keyId}.`;
  // One call for random bytes costs as much as sealing: a thousand nonces are fetched at once, each used once.
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
    close(json, place) {
      const nonce = newNonce();
      const sealing = createCipheriv(cipher, key, nonce);
      sealing.setAAD(placeBytes(place));
      const text = sealing.update(json, 'utf8');
      const end = sealing.final();
      return prefix + Buffer.concat([nonce, text, end, sealing.getAuthTag()]).toString('base64');
    },
    open(envelope, place) {
      if (!envelope.startsWith(prefix)) return undefined;
      const bytes = Buffer.from(envelope.slice(prefix.length), 'base64');
      if (bytes.length < nonceBytes + tagBytes) return undefined;
      const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes));
      opening.setAAD(placeBytes(place));
      opening.setAuthTag(bytes.subarray(-tagBytes));
      const text = opening.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8');
      try {
        return text + opening.final('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

const placeBytes = ({ kind, id, version }: Place): Buffer => Buffer.from(`${kind}\t${version}\t${id}`);

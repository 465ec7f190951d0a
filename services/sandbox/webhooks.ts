// The webhook sender: a handshake, then one event for each write. Deliveries can be held, repeated and sent in any order.
import { createHmac } from 'node:crypto';
import type { JsonObject } from './rows.ts';

export type WebhookEvent =
  | 'APPOINTMENT_CREATE'
  | 'APPOINTMENT_MODIFY'
  | 'APPOINTMENT_DELETE'
  | 'PATIENT_CREATE'
  | 'PATIENT_MODIFY';

interface Webhook {
  readonly url: string;
  readonly secretToken: string;
  /** True: events wait for `send`. */
  readonly held: boolean;
}

interface Delivery {
  /** Sent as `X-drchrono-delivery`: the same on every repetition. */
  readonly id: number;
  readonly event: WebhookEvent;
  readonly object: JsonObject;
  /** Of the last attempt; 0 before one, or where nobody answered. */
  status: number;
}

export interface Webhooks {
  /** GET `url?msg=...` must answer `{"secret_token": hex HMAC-SHA256 of msg}`; false, and nothing changes, if it does not. */
  register(webhook: Webhook): Promise<boolean>;
  /** Notes an event and, unless held, sends it. Without a webhook nothing is noted. */
  emit(event: WebhookEvent, object: JsonObject): void;
  list(): readonly Delivery[];
  /** Sends these one after the other, repeats included. */
  send(ids: readonly number[]): Promise<void>;
  forget(): void;
}

const TIMEOUT_MS = 5000;
const HANDSHAKE_TEXT = 'riverbend-verification';

export function createWebhooks(): Webhooks {
  let webhook: Webhook | undefined;
  let deliveries: Delivery[] = [];

  const post = async (delivery: Delivery): Promise<void> => {
    if (!webhook) return;
    // DrChrono sends the secret itself as the signature, not an HMAC of the body.
    const reply = await request(webhook.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-drchrono-event': delivery.event,
        'X-drchrono-signature': webhook.secretToken,
        'X-drchrono-delivery': String(delivery.id),
      },
      body: JSON.stringify({ receiver: { callback_url: webhook.url }, object: delivery.object }),
    });
    delivery.status = reply?.status ?? 0;
  };

  return {
    async register(next) {
      const address = new URL(next.url);
      address.searchParams.set('msg', HANDSHAKE_TEXT);
      const reply = await request(address.href, {});
      const expected = createHmac('sha256', next.secretToken).update(HANDSHAKE_TEXT).digest('hex');
      const verified = reply?.status === 200 && reply.text.includes(`"${expected}"`);
      if (verified) webhook = next;
      return verified;
    },
    emit(event, object) {
      if (!webhook) return;
      const delivery: Delivery = { id: deliveries.length + 1, event, object, status: 0 };
      deliveries.push(delivery);
      if (!webhook.held) void post(delivery);
    },
    list: () => deliveries,
    async send(ids) {
      for (const id of ids) {
        const delivery = deliveries[id - 1];
        if (delivery) await post(delivery);
      }
    },
    forget() {
      webhook = undefined;
      deliveries = [];
    },
  };
}

/** Never throws: an unreachable receiver is a delivery that failed. */
async function request(
  url: string,
  init: RequestInit,
): Promise<{ readonly status: number; readonly text: string } | undefined> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

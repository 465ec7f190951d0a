// The sentences about who somebody is: codes, new patients, what we keep. None tells whether a claim was true.
import type { Gender, MessageChannel } from '../../services/domain.ts';
import type { OwnData } from '../../services/identity-cases.ts';
import type { Card } from '../reply.ts';

export interface IdentityPhrases {
  /** To somebody who would rather not say who they are yet. */
  timesFirst(): string;
  /** To somebody who has picked a time without having said who they are. */
  whoToBook(): string;
  /** The same after every claim. */
  askCode(): string;
  /** To "send it again", too soon. */
  codeUnderWay(waitMinutes: number): string;
  /** Where it is about what is kept. */
  askNameForData(): string;
  /** To "why do you need a code?" */
  whyCode(): string;
  /** After a wrong one. */
  askCodeAgain(): string;
  /** Where it is about visits on file. */
  askNameForVisits(): string;
  askContactCode(): string;
  noCodeLabel(): string;
  notSixDigits(): string;
  wrongCode(triesLeft: number): string;
  codeOver(): string;
  contactCodeOver(): string;
  waysOn(phone: string): string;
  registerLabel(): string;
  claimAgainLabel(): string;
  claimAgainLater(waitMinutes: number, phone: string): string;
  noWayToProve(phone: string): string;
  askPerson(about: 'booking' | 'visits' | 'data'): string;
  someoneElseLabel(): string;

  /** By what a code can be sent: one of both, or either. */
  askContact(channels: readonly MessageChannel[]): string;
  askGender(): string;
  gender: Readonly<Record<Gender, () => string>>;
  askRegister(who: {
    readonly person: string;
    readonly birthDate: string;
    readonly gender: string;
    readonly contact: string;
  }): Card;
  registerYesLabel(): string;
  registerNoLabel(): string;
  notRegistered(phone: string): string;
  notRegisteredNow(phone: string): string;
  registerUnsure(phone: string): string;

  signedOut(): string;
  notSignedIn(): string;
  /** What is kept, for how long, and what is sent. */
  notice(kept: { readonly conversationDays: number; readonly sends: readonly MessageChannel[] }): string;
  ownData(own: OwnData, since: string | undefined, phone: string): string;
  askDeleteData(phone: string): string;
  deleteItLabel(): string;
  keepDataLabel(): string;
  /** To "what happens to my appointments?" at that question. */
  visitsOutlastData(): string;
  dataKept(): string;
  dataDeleted(phone: string): string;
}

// xhr2 brings no types; the test needs only its one class, for the library that expects a browser's.
declare module 'xhr2' {
  export const XMLHttpRequest: unknown;
}

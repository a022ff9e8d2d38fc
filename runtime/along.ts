/** What is sent with a call to another place. */
export interface SentAlong {
  uui?: Uui;
  headers: Record<string, string>;
}

/** User-to-User data. Whoever sends it knows what the other side wants: hexadecimal digits or characters. */
export interface Uui {
  /** Protocol discriminator: two hexadecimal digits. */
  discriminator?: string;
  hex: string;
}

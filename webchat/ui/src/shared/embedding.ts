/** What the loader and the widget agree upon; both always come from the same build. */

/** The place the loader made ready for the widget. */
export interface Place {
  /** The data attributes of the script tag, as the page wrote them. */
  readonly data: DOMStringMap;
  /** Where the script came from. */
  readonly script: string;
  readonly shadow: ShadowRoot;
  readonly launcher: HTMLButtonElement;
}

/** How the chat is asked to show itself. */
export interface OpenRequest {
  /** Put into the message box, ready to be sent. */
  readonly text?: string | undefined;
  /** False when it opens by itself: the reader's focus stays where it is. */
  readonly focus: boolean;
}

/** What the widget can be told once it stands. */
export interface Chat {
  open(request: OpenRequest): void;
  close(): void;
  /** Takes up an earlier conversation, or invites to one, without opening. */
  resume(): void;
}

/** The one export of the widget's module. */
export interface WidgetModule {
  mount(place: Place): Chat;
}

/** The object that host pages find as `window.AppointmentChat`. */
export interface PublicChat {
  /** Shows the chat; a text is put into the message box, ready to be sent. */
  open(text?: string): void;
  close(): void;
}

declare global {
  interface Window {
    AppointmentChat?: PublicChat;
  }
}

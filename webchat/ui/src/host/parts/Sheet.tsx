import { type ReactNode, useEffect, useId, useRef } from "react";
import { Icon } from "./Icons.tsx";

interface Props {
  readonly title: string;
  /** Above the title, small. */
  readonly over?: ReactNode;
  /** A sheet at the side, or a box in the middle; both fill a phone. */
  readonly shape: "side" | "box";
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal dialog of the browser's own: Escape closes it, and the focus returns to where it was. */
export function Sheet({ title, over, shape, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const named = useRef<HTMLHeadingElement>(null);
  const heading = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    if (shown && !shown.open) shown.showModal();
    named.current?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for the same
    <dialog
      ref={dialog}
      className={`sheet sheet-${shape}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="sheet-body">
        <header className="flex items-start justify-between gap-4">
          <div className="min-w-0">
            {over}
            <h2
              id={heading}
              tabIndex={-1}
              ref={named}
              className="text-xl font-semibold tracking-tight outline-none"
            >
              {title}
            </h2>
          </div>
          <button
            type="button"
            className="icon-button -me-2 -mt-1"
            aria-label="Close"
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

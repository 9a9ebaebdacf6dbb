import type { ReactNode } from "react";

/** A drawing of 24 by 24 in the colour of its text. */
export function Icon({ children, size = 20 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="m6 6 12 12M18 6 6 18" />
    </Icon>
  );
}

export function SendIcon() {
  return (
    <Icon>
      <path d="M5 12h13M12.5 5.5 19 12l-6.5 6.5" />
    </Icon>
  );
}

export function TickIcon() {
  return (
    <Icon size={16}>
      <path d="m5 12.5 4.5 4.5L19 7.5" />
    </Icon>
  );
}

export function CrossIcon() {
  return (
    <Icon size={16}>
      <path d="m7 7 10 10M17 7 7 17" />
    </Icon>
  );
}

export function CalendarIcon() {
  return (
    <Icon>
      <path d="M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 3.5v4M15.5 3.5v4" />
      <path d="m9.3 15 2 2 3.6-3.8" />
    </Icon>
  );
}

export function RetryIcon() {
  return (
    <Icon size={14}>
      <path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4.5 4.5V9H9" />
    </Icon>
  );
}

export function ArrowDownIcon() {
  return (
    <Icon size={16}>
      <path d="M12 5v13M6 12.5l6 6 6-6" />
    </Icon>
  );
}

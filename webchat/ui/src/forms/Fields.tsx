import { useField } from "formik";

import { type ReactNode, useId } from "react";

interface Common {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** What a field tells assistive technology about its hint and its fault. */
function useDescribed(name: string, hint: string | undefined) {
  const id = useId();
  const [field, { touched, error }, { setError }] = useField<string>(name);
  const fault = touched && error ? error : undefined;
  const described = [hint ? `${id}-hint` : "", fault ? `${id}-error` : ""].filter(Boolean);
  const control = {
    ...field,
    id,
    "aria-invalid": Boolean(fault),
    "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
  };
  return { id, fault, control, setError };
}

interface FrameProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly fault: string | undefined;
  readonly children: ReactNode;
}

function Frame({ id, label, hint, fault, children }: FrameProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint ? (
        <span id={`${id}-hint`} className="field-hint">
          {hint}
        </span>
      ) : null}
      {fault ? (
        <span id={`${id}-error`} className="field-error">
          {fault}
        </span>
      ) : null}
    </div>
  );
}

interface TextProps extends Common {
  readonly type?: "text" | "email" | "tel" | "date" | "time" | "number" | "datetime-local";
  readonly autoComplete?: string;
  readonly inputMode?: "numeric" | "text" | "email" | "tel";
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly min?: string | number;
  readonly max?: string | number;
  readonly step?: number;
}

/** A line of text, a number, a date or a time; its fault stands below it. */
export function TextField({ name, label, hint, ...rest }: TextProps) {
  const { id, fault, control } = useDescribed(name, hint);
  return (
    <Frame id={id} label={label} hint={hint} fault={fault}>
      <input type="text" {...rest} {...control} />
    </Frame>
  );
}

/** Several lines of text. */
export function TextAreaField({ name, label, hint, ...rest }: Common & { readonly rows?: number }) {
  const { id, fault, control } = useDescribed(name, hint);
  return (
    <Frame id={id} label={label} hint={hint} fault={fault}>
      <textarea rows={3} {...rest} {...control} />
    </Frame>
  );
}

/** A choice of one; `children` are the options. */
export function SelectField({
  name,
  label,
  hint,
  children,
  ...rest
}: Common & { readonly children: ReactNode }) {
  const { id, fault, control } = useDescribed(name, hint);
  return (
    <Frame id={id} label={label} hint={hint} fault={fault}>
      <select {...rest} {...control}>
        {children}
      </select>
    </Frame>
  );
}

interface CheckProps extends Common {
  /** With a value, the field of that name is a list that holds the values checked; without, true or false. */
  readonly value?: string;
}

/** A yes or no, or one of several in a list. */
export function CheckField({ name, label, value, disabled }: CheckProps) {
  const choice = value === undefined ? { name } : { name, value };
  const [field] = useField({ ...choice, type: "checkbox" });
  return (
    <label className="check">
      <input {...field} type="checkbox" disabled={disabled} />
      {label}
    </label>
  );
}

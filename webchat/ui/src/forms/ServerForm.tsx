import {
  Form,
  Formik,
  type FormikHelpers,
  type FormikValues,
  getIn,
  useFormikContext,
} from "formik";
import { type ReactNode, useEffect, useRef } from "react";
import type { AnyObjectSchema } from "yup";
import { problemOf } from "../shared/problem.ts";

/** How things stand with a form. */
export interface FormState<Values> {
  readonly values: Values;
  readonly isSending: boolean;
  /** Whether anything differs from what the form began with. */
  readonly isChanged: boolean;
  readonly setValue: (name: string, value: unknown) => void;
  /** The sentence for a field that shows its fault elsewhere; a dotted name stands for a nested field. */
  readonly faultOf: (name: string) => string | undefined;
}

interface Props<Values extends FormikValues> {
  readonly label: string;
  readonly initial: Values;
  readonly schema?: AnyObjectSchema;
  /** Sends the values; what it throws is shown, at the fields that the problem names. */
  readonly send: (values: Values) => Promise<unknown>;
  readonly className?: string;
  readonly children: (state: FormState<Values>) => ReactNode;
}

/** The form's field that a name of the server's stands for: the nested one, or the one that it is a part of. */
function fieldFor(values: FormikValues, name: string): string {
  return getIn(values, name) === undefined ? (name.split(".")[0] ?? "") : name;
}

/** The fields of a problem that the form has, by name; a dotted name stands for a nested field. */
export function faultsFor(values: FormikValues, fields: Readonly<Record<string, string>>) {
  return Object.entries(fields)
    .map(([name, sentence]) => [fieldFor(values, name), sentence] as const)
    .filter(([name]) => getIn(values, name) !== undefined);
}

async function sent<Values extends FormikValues>(
  values: Values,
  helpers: FormikHelpers<Values>,
  send: Props<Values>["send"],
) {
  helpers.setStatus(undefined);
  try {
    await send(values);
  } catch (error) {
    const problem = problemOf(error);
    const faults = faultsFor(values, problem.fields);
    for (const [name, sentence] of faults) {
      await helpers.setFieldTouched(name, true, false);
      helpers.setFieldError(name, sentence);
    }
    helpers.setStatus(faults.length > 0 ? "Please look at what is marked." : problem.message);
  }
}

function sentence(fault: unknown): string | undefined {
  return typeof fault === "string" ? fault : undefined;
}

/** Leads to the first field with a fault once an attempt to send has failed. */
function useFirstFault(attempt: number, isSending: boolean) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt === 0 || isSending) return;
    place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempt, isSending]);
  return place;
}

function Body({
  attempt,
  isSending,
  status,
  children,
}: {
  attempt: number;
  isSending: boolean;
  status: string | undefined;
  children: ReactNode;
}) {
  const place = useFirstFault(attempt, isSending);
  return (
    <div ref={place} className="contents">
      {children}
      {status ? (
        <p role="alert" className="notice notice-danger">
          {status}
        </p>
      ) : null}
    </div>
  );
}

/** A form whose faults, ours or the server's, stand at their fields; sent once at a time. */
export function ServerForm<Values extends FormikValues>(props: Props<Values>) {
  const { label, initial, schema, send, className, children } = props;
  return (
    <Formik
      initialValues={initial}
      enableReinitialize
      validateOnBlur={false}
      validateOnChange={false}
      validationSchema={schema}
      onSubmit={(values, helpers) => sent(values, helpers, send)}
    >
      {({ values, dirty, isSubmitting, submitCount, status, errors, setFieldValue }) => (
        <Form aria-label={label} className={className} noValidate>
          <Body attempt={submitCount} isSending={isSubmitting} status={status}>
            {children({
              values,
              isSending: isSubmitting,
              isChanged: dirty,
              setValue: (name, value) => void setFieldValue(name, value),
              faultOf: (name) => sentence(getIn(errors, name)),
            })}
          </Body>
        </Form>
      )}
    </Formik>
  );
}

/** The fault of a field that shows none itself, such as a group of boxes. */
export function FieldFault({ name }: { readonly name: string }) {
  const { errors, submitCount } = useFormikContext<FormikValues>();
  const fault = sentence(errors[name]);
  if (submitCount === 0 || !fault) return null;
  return (
    <p role="alert" className="field-error">
      {fault}
    </p>
  );
}

import { useFormikContext } from "formik";
import { useEffect } from "react";

/** Shows at their fields what a server found wrong after the form had been sent on; must stand in a form. */
export function Faults({ fields }: { readonly fields: Readonly<Record<string, string>> }) {
  const { setFieldTouched, setFieldError } = useFormikContext();
  useEffect(() => {
    for (const [name, sentence] of Object.entries(fields)) {
      void setFieldTouched(name, true, false);
      setFieldError(name, sentence);
    }
  }, [fields, setFieldTouched, setFieldError]);
  return null;
}

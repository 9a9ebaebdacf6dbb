// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { object, string } from "yup";
import { CheckField, SelectField, TextField } from "../../../src/forms/Fields.tsx";
import { ServerForm } from "../../../src/forms/ServerForm.tsx";
import { Problem } from "../../../src/shared/problem.ts";

const SCHEMA = object({ name: string().required("Please write a name.") });

function show(send: (values: unknown) => Promise<unknown>) {
  render(
    <ServerForm
      label="Person"
      initial={{ name: "", zone: "UTC", ways: [] as string[] }}
      schema={SCHEMA}
      send={send}
    >
      {({ isSending }) => (
        <>
          <TextField name="name" label="Name" hint="As on the door" />
          <SelectField name="zone" label="Zone">
            <option>UTC</option>
            <option>Asia/Kolkata</option>
          </SelectField>
          <CheckField name="ways" value="phone" label="Phone" />
          <button type="submit" disabled={isSending}>
            Save
          </button>
        </>
      )}
    </ServerForm>,
  );
  return userEvent.setup();
}

afterEach(cleanup);

test("what is known to be wrong is said at the field, which gets the focus, and nothing is sent", async () => {
  const send = vi.fn();
  const user = show(send);
  await user.click(screen.getByRole("button", { name: "Save" }));
  const field = await screen.findByRole("textbox", {
    name: "Name",
    description: "As on the door Please write a name.",
  });
  await vi.waitFor(() => expect(document.activeElement).toBe(field));
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(send).not.toHaveBeenCalled();
});

test("values of every kind of field are sent", async () => {
  const send = vi.fn().mockResolvedValue(undefined);
  const user = show(send);
  await user.type(screen.getByRole("textbox", { name: "Name" }), "Ann");
  await user.selectOptions(screen.getByRole("combobox", { name: "Zone" }), "Asia/Kolkata");
  await user.click(screen.getByRole("checkbox", { name: "Phone" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await vi.waitFor(() =>
    expect(send).toHaveBeenCalledExactlyOnceWith({
      name: "Ann",
      zone: "Asia/Kolkata",
      ways: ["phone"],
    }),
  );
});

test("what the server finds wrong stands at the field it names", async () => {
  const refusal = new Problem(422, { fields: { name: "That name is taken." } });
  const user = show(() => Promise.reject(refusal));
  await user.type(screen.getByRole("textbox", { name: "Name" }), "Ann");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByRole("textbox", {
    name: "Name",
    description: "As on the door That name is taken.",
  });
  expect(screen.getByRole("alert").textContent).toBe("Please look at what is marked.");
});

test("a refusal that names no field is said below, and the form can be sent again", async () => {
  const user = show(() => Promise.reject(new TypeError("network")));
  await user.type(screen.getByRole("textbox", { name: "Name" }), "Ann");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toBe(
    "The server cannot be reached. Please try again.",
  );
  expect(screen.getByRole("button", { name: "Save" }).hasAttribute("disabled")).toBe(false);
});

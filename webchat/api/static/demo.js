// A sentence that is pressed goes into the chat's message box, ready to be sent.
for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => window.AppointmentChat?.open(button.dataset.ask));
}

import { useSyncExternalStore } from "react";

function listen(onChange: () => void): () => void {
  addEventListener("online", onChange);
  addEventListener("offline", onChange);
  return () => {
    removeEventListener("online", onChange);
    removeEventListener("offline", onChange);
  };
}

/** Says that there is no connection, and so that the times may be out of date. */
export function Offline() {
  const isOnline = useSyncExternalStore(listen, () => navigator.onLine);
  return (
    <div role="status">
      {isOnline ? null : (
        <p className="notice notice-warning">
          You are offline. The times are as they were; nothing can be booked until you are back.
        </p>
      )}
    </div>
  );
}

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A part of the page whose code is loaded when it is first shown. */
export function later(load: () => Promise<ComponentType>, meanwhile: string): ComponentType {
  let loaded: ComponentType | undefined;
  return () => {
    const [Part, setPart] = useState<{ shown: ComponentType } | { failed: string } | undefined>(
      loaded && { shown: loaded },
    );
    useEffect(() => {
      if (loaded) return;
      load().then(
        (part) => {
          loaded = part;
          setPart({ shown: part });
        },
        (error: unknown) => setPart({ failed: String(error) }),
      );
    }, []);
    if (!Part) return <p class="empty">{meanwhile}</p>;
    if ("failed" in Part)
      return <p class="empty bad">This part could not be loaded: {Part.failed}. Reload the page.</p>;
    return <Part.shown />;
  };
}

import { launch, type Launched, type Place, type SmartApp } from '../src/smart/launch';

/** What a tab remembers over a redirect. */
export function storage(): Place['storage'] & { size: number } {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    get size() {
      return values.size;
    },
  };
}

/** Goes where the launch leads, as a browser does, until there is a grant. */
export async function follow(smartApp: SmartApp, place: Place): Promise<Launched> {
  const launched = await launch(smartApp, place);
  if (!('redirect' in launched)) {
    return launched;
  }
  const answer = await fetch(launched.redirect, { redirect: 'manual' });
  return launch(smartApp, { ...place, url: new URL(answer.headers.get('location')!) });
}

import { Icon, type IconName } from './Icon';

export type Tone = 'good' | 'bad' | 'warn' | 'wait' | 'quiet';

/** A state in a word, with an icon and a colour that say the same. */
export function Status({ tone, icon, children }: { tone: Tone; icon: IconName; children: string }) {
  return (
    <span className={`status ${tone}`}>
      <Icon name={icon} size={15} />
      {children}
    </span>
  );
}

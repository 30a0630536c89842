import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

const ICONS: Record<'bad' | 'warn' | 'good' | 'plain', IconName> = {
  bad: 'dead',
  warn: 'dead',
  good: 'check',
  plain: 'clock',
};

/** Something that the person should know, said beside what it is about. */
export function Note(props: {
  tone: keyof typeof ICONS;
  icon?: IconName;
  title: string;
  /** Read out at once, since it answers what the person has just done. */
  alert?: boolean;
  children?: ReactNode;
}) {
  return (
    <div
      className={`note ${props.tone}`}
      role={props.alert ? (props.tone === 'bad' || props.tone === 'warn' ? 'alert' : 'status') : undefined}
    >
      <Icon name={props.icon ?? ICONS[props.tone]} size={20} />
      <div>
        <p className="title">{props.title}</p>
        {props.children}
      </div>
    </div>
  );
}

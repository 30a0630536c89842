import { Button, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Copy } from '../../design/Copy';
import { Icon } from '../../design/Icon';
import { useFormat } from '../../i18n/format';
import type { Message } from '../messages/message';
import { reasonAdvice, reasonWords } from '../messages/reason';
import { profileLink } from '../profiles/profile';
import css from './GroupCard.module.css';
import type { Group } from './groups';

/** So many are shown at first; the rest is a step away. */
const SHOWN = 10;

export function GroupCard(props: {
  group: Group;
  /** Undefined where nothing can be selected, since nothing may be replayed. */
  selected?: ReadonlySet<string>;
  onSelect: (messages: readonly Message[], on: boolean) => void;
}) {
  const { t } = useTranslation();
  const { group, selected, onSelect } = props;
  const { messages } = group;
  const chosen = messages.filter(({ id }) => selected?.has(id)).length;
  const sample = messages.at(-1)!;
  const words = reasonWords(t, group.reason);
  return (
    <section className="card" aria-label={`${words}, ${group.sender}`}>
      <div className={css.head}>
        {selected && (
          <Checkbox
            aria-label={t('dead.selectGroup', {
              count: messages.length,
              reason: words,
              sender: group.sender,
            })}
            checked={chosen === messages.length}
            indeterminate={chosen > 0 && chosen < messages.length}
            onChange={(event) => onSelect(messages, event.currentTarget.checked)}
          />
        )}
        <div className="grow">
          <h2>
            {words} <span className="soft">· {group.sender || t('unknown')}</span>
          </h2>
          <p className="soft small">
            {t('dead.count', { count: messages.length })} {reasonAdvice(t, group.reason)}
          </p>
        </div>
        <div className="row">
          <Button
            component={Link}
            to={profileLink(group.sender, sample.id)}
            size="xs"
            variant="default"
            leftSection={<Icon name="profiles" size={15} />}
          >
            {t('dead.profile')}
          </Button>
          <Button
            component={Link}
            to={`/messages/${sample.id}/replay`}
            size="xs"
            variant="default"
            leftSection={<Icon name="eye" size={15} />}
          >
            {t('dead.previewLatest')}
          </Button>
        </div>
      </div>
      <Rows messages={messages.slice(0, SHOWN)} {...{ selected, onSelect }} />
      {messages.length > SHOWN && (
        <details className={css.more}>
          <summary>{t('dead.others', { count: messages.length - SHOWN })}</summary>
          <Rows messages={messages.slice(SHOWN)} {...{ selected, onSelect }} />
        </details>
      )}
    </section>
  );
}

function Rows(props: {
  messages: Message[];
  selected?: ReadonlySet<string>;
  onSelect: (messages: readonly Message[], on: boolean) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="plain">
      {props.messages.map((message) => (
        <li key={message.id} className={css.row}>
          {props.selected && (
            <Checkbox
              size="sm"
              aria-label={t('dead.selectOne', {
                type: message.type,
                received: format.moment(message.received),
              })}
              checked={props.selected.has(message.id)}
              onChange={(event) => props.onSelect([message], event.currentTarget.checked)}
            />
          )}
          <Link to={`/messages/${message.id}`}>{format.moment(message.received)}</Link>
          <span>{message.type}</span>
          {message.controlId && <Copy value={message.controlId} what={t('column.controlId')} />}
          <span className="soft">{message.source}</span>
        </li>
      ))}
    </ul>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Copy } from '../../design/Copy';
import { Status } from '../../design/Status';
import { useFormat } from '../../i18n/format';
import type { Message } from './message';
import { MessageStatus } from './MessageStatus';
import { reasonWords } from './reason';

/** Messages, a line each, with what tells one from another. */
export function MessageTable({ caption, messages }: { caption: string; messages: Message[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = ['state', 'received', 'type', 'sender', 'controlId', 'listener', 'remarks'] as const;
  const label = Object.fromEntries(columns.map((column) => [column, t(`column.${column}`)]));
  return (
    <div className="card">
      <table className="table compact">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {label[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <tr key={message.id} className="link">
              <td data-label={label.state}>
                <MessageStatus state={message.state} />
              </td>
              <th scope="row" data-label={label.received} className="nowrap">
                <Link to={`/messages/${message.id}`}>{format.moment(message.received)}</Link>
              </th>
              <td data-label={label.type} className="nowrap">
                {message.type || <span className="soft">{t('unknown')}</span>}
              </td>
              <td data-label={label.sender}>{message.sender}</td>
              <td data-label={label.controlId}>
                {message.controlId && <Copy value={message.controlId} what={t('column.controlId')} />}
              </td>
              <td data-label={label.listener}>{message.source}</td>
              <td data-label={label.remarks}>
                <Remarks message={message} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Remarks({ message }: { message: Message }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      {message.reason && <span>{reasonWords(t, message.reason)}</span>}
      {message.warnings > 0 && (
        <Status tone="warn" icon="dead">
          {t('messages.warnings', { count: message.warnings })}
        </Status>
      )}
      {message.unread > 0 && (
        <Status tone="quiet" icon="unread">
          {t('messages.unread', { count: message.unread })}
        </Status>
      )}
    </span>
  );
}

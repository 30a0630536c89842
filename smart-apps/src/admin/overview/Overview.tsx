import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answer, Empty } from '../../design/Answer';
import { Screen } from '../../design/Shell';
import { useFormat } from '../../i18n/format';
import { byUrgency, type Listener, useListeners } from './listener';
import { ListenerCard } from './ListenerCard';
import css from './Overview.module.css';

/** How all interfaces are doing, at a glance. */
export function Overview() {
  const { t } = useTranslation();
  const listeners = useListeners();
  return (
    <Screen title={t('overview.title')} lead={t('overview.lead')}>
      <Answer query={listeners}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('overview.none')} hint={t('overview.noneHint')} />
          ) : (
            <div className="stack">
              <Totals listeners={all} />
              <div className={css.list}>
                {byUrgency(all).map((listener) => (
                  <ListenerCard key={listener.name} listener={listener} />
                ))}
              </div>
            </div>
          )
        }
      </Answer>
    </Screen>
  );
}

function Totals({ listeners }: { listeners: Listener[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = (count: (listener: Listener) => number) =>
    listeners.reduce((total, listener) => total + count(listener), 0);
  const totals: [string, number, string, boolean][] = [
    ['failed', sum((one) => one.failed), '/dead-letters', true],
    ['waiting', sum((one) => one.waiting), '/messages?state=received', false],
    ['received', sum((one) => one.receivedHour), '/messages?when=1h', false],
    ['refused', sum((one) => one.refusedHour), '/messages?state=rejected&when=1h', true],
  ];
  return (
    <div className={css.totals}>
      {totals.map(([name, value, to, alarming]) => (
        <Link key={name} to={to} className={`card ${css.total} ${alarming && value > 0 ? css.bad : ''}`}>
          <strong>{format.number(value)}</strong>
          <span>{t(`overview.total.${name}`)}</span>
        </Link>
      ))}
    </div>
  );
}

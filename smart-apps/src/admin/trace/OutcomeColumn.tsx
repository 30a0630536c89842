import { useTranslation } from 'react-i18next';
import { acknowledgementCode, type Detail } from './detail';
import { Lines } from './MessageColumn';
import { ResourceList } from './ResourceList';
import css from './Trace.module.css';

/** What came of the message: what the sender was told, what is stored, what was noticed. */
export function OutcomeColumn({ detail }: { detail: Detail }) {
  const { t } = useTranslation();
  const code = acknowledgementCode(detail.acknowledgement);
  return (
    <>
      <section className={css.block}>
        <h3>
          {t('trace.acknowledgement')} {code && <small>{t(`ack.${code}`, { defaultValue: code })}</small>}
        </h3>
        {detail.acknowledgement ? (
          <>
            <Lines text={detail.acknowledgement} />
            <p className={css.hint}>{t('trace.acknowledgementHint')}</p>
          </>
        ) : (
          <p className={css.hint}>{t('trace.noAcknowledgement')}</p>
        )}
      </section>
      {detail.warningTexts.length > 0 && (
        <section className={css.block}>
          <h3>{t('trace.warnings')}</h3>
          <ul className={css.warnings}>
            {detail.warningTexts.map((warning, index) => (
              <li key={index}>{warning}</li>
            ))}
          </ul>
        </section>
      )}
      {detail.stored.length > 0 ? (
        <>
          <p className={css.hint}>{t('trace.storedHint')}</p>
          <ResourceList
            resources={detail.stored}
            origin="outcome"
            remark={({ version }) => (version ? t('trace.version', { version }) : t('trace.unchanged'))}
          />
        </>
      ) : (
        <section className={css.block}>
          <h3>{t('trace.stored')}</h3>
          <p className={css.hint}>
            {t(detail.state === 'received' ? 'trace.notYetStored' : 'trace.nothingStored')}
          </p>
        </section>
      )}
    </>
  );
}

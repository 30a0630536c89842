import { useTranslation } from 'react-i18next';
import { Status } from '../../design/Status';
import type { Client } from './client';

export function ClientStatus({ client }: { client: Client }) {
  const { t } = useTranslation();
  return client.enabled ? (
    <Status tone="good" icon="check">
      {t('clients.enabled')}
    </Status>
  ) : (
    <Status tone="bad" icon="stop">
      {t('clients.disabled')}
    </Status>
  );
}

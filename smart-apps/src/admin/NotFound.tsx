import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Screen } from '../design/Shell';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Screen title={t('notFound')} narrow>
      <Button component={Link} to="/">
        {t('nav.overview')}
      </Button>
    </Screen>
  );
}

import { useTranslation } from 'react-i18next';
import { Note } from '../../design/Note';
import { Screen } from '../../design/Shell';

/** Instead of a screen that is for administrators alone; the hub would tell nothing either. */
export function MayNot() {
  const { t } = useTranslation();
  return (
    <Screen title={t('mayNot.title')} narrow>
      <Note tone="warn" icon="lock" title={t('people.mayNot')}>
        <p>{t('people.mayNotHint')}</p>
      </Note>
    </Screen>
  );
}

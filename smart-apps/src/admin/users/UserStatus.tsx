import { useTranslation } from 'react-i18next';
import type { IconName } from '../../design/Icon';
import { Status, type Tone } from '../../design/Status';
import type { UserState } from './user';

const LOOKS: Record<UserState, [Tone, IconName]> = {
  active: ['good', 'check'],
  invited: ['wait', 'clock'],
  locked: ['bad', 'lock'],
  closed: ['quiet', 'cross'],
};

export function UserStatus({ state }: { state: UserState }) {
  const { t } = useTranslation();
  const [tone, icon] = LOOKS[state] ?? ['quiet', 'none'];
  return (
    <Status tone={tone} icon={icon}>
      {t(`users.state.${state}`)}
    </Status>
  );
}

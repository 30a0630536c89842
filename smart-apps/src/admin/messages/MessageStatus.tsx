import { useTranslation } from 'react-i18next';
import type { IconName } from '../../design/Icon';
import { Status, type Tone } from '../../design/Status';
import type { MessageState } from './message';

const LOOKS: Record<MessageState, [Tone, IconName]> = {
  received: ['wait', 'clock'],
  applied: ['good', 'check'],
  rejected: ['warn', 'refused'],
  failed: ['bad', 'dead'],
};

export function MessageStatus({ state }: { state: MessageState }) {
  const { t } = useTranslation();
  const [tone, icon] = LOOKS[state] ?? ['quiet', 'clock'];
  return (
    <Status tone={tone} icon={icon}>
      {t(`state.${state}`)}
    </Status>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answer, Empty } from '../../design/Answer';
import { Icon } from '../../design/Icon';
import { useOpened } from '../../design/open';
import { Screen } from '../../design/Shell';
import { useFormat } from '../../i18n/format';
import type { Profile } from './profile';
import { useProfiles } from './useProfiles';

/** The profiles that there are. */
export function Profiles() {
  const { t } = useTranslation();
  const { session } = useOpened();
  const profiles = useProfiles();
  const add = session.may('site.write') && (
    <Button component={Link} to="/profiles/new" leftSection={<Icon name="add" />}>
      {t('profiles.new')}
    </Button>
  );
  return (
    <Screen title={t('profiles.title')} lead={t('profiles.lead')} tools={add}>
      <Answer query={profiles}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('profiles.none')} hint={t('profiles.noneHint')} />
          ) : (
            <ProfileTable profiles={all} />
          )
        }
      </Answer>
    </Screen>
  );
}

function ProfileTable({ profiles }: { profiles: Profile[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const any = <span className="soft">{t('profiles.any')}</span>;
  return (
    <div className="card">
      <table className="table">
        <caption className="hidden">{t('profiles.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('profiles.name')}</th>
            <th scope="col">{t('profiles.application')}</th>
            <th scope="col">{t('profiles.facility')}</th>
            <th scope="col">{t('profiles.changed')}</th>
          </tr>
        </thead>
        <tbody>
          {profiles.map((profile) => (
            <tr key={profile.name} className="link">
              <th scope="row" data-label={t('profiles.name')}>
                <Link to={`/profiles/${encodeURIComponent(profile.name)}`}>{profile.name}</Link>
              </th>
              <td data-label={t('profiles.application')}>{profile.application || any}</td>
              <td data-label={t('profiles.facility')}>{profile.facility || any}</td>
              <td data-label={t('profiles.changed')}>{format.moment(profile.changed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

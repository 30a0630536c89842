import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpened } from '../../design/open';
import { Ask } from '../people/Ask';
import css from '../people/People.module.css';
import { RoleChoice } from './RoleChoice';
import { type Done, doneOf, type User, type UserPage } from './user';

/** As the operations are named, after "$account-". */
export type DeedName = 'roles' | 'reset' | 'second-factor-remove' | 'unlock' | 'sign-out' | 'close';

/** Asks before an account is changed, and says what its owner will notice. */
export function Deed(props: {
  deed: DeedName;
  user: User;
  page: UserPage;
  onDone: (done: Done) => void;
  onClose: () => void;
}) {
  const { deed, user, page } = props;
  const { t } = useTranslation();
  const { fhir } = useOpened();
  const [roles, setRoles] = useState(user.roles);
  const mayMail = page.invites && user.email !== undefined;
  const [mail, setMail] = useState(mayMail);
  return (
    <Ask
      title={t(`users.ask.${deed}`, { name: user.name })}
      verb={t(`users.verb.${deed}`)}
      danger={deed === 'close'}
      disabled={deed === 'roles' && roles.length === 0}
      deed={async () =>
        doneOf(
          await fhir.post(`$account-${deed}`, {
            id: user.id,
            ...(deed === 'roles' ? { role: roles } : deed === 'reset' ? { mail } : {}),
          }),
        )
      }
      onDone={props.onDone}
      onClose={props.onClose}
    >
      <p style={{ margin: 0 }}>{t(`users.then.${deed}`)}</p>
      {deed === 'roles' && (
        <RoleChoice roles={page.roles} fhirUser={user.fhirUser} chosen={roles} onChange={setRoles} />
      )}
      {deed === 'reset' && mayMail && (
        <fieldset className={css.choice}>
          <legend>{t('users.how')}</legend>
          <div className={css.choices}>
            {[true, false].map((byMail) => (
              <label key={String(byMail)}>
                <input type="radio" name="how" checked={mail === byMail} onChange={() => setMail(byMail)} />
                {byMail ? t('users.byMail', { address: user.email }) : t('users.byPassword')}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </Ask>
  );
}

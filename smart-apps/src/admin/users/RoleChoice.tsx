import { useTranslation } from 'react-i18next';
import css from '../people/People.module.css';
import { type Role, rolesFor } from './user';

/** The roles of an account, of those that it may have. */
export function RoleChoice(props: {
  roles: readonly Role[];
  fhirUser: string | undefined;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const { t } = useTranslation();
  const fitting = rolesFor(props.roles, props.fhirUser);
  return (
    <fieldset className={css.choice}>
      <legend>{t('users.roles')}</legend>
      <p className="soft small" style={{ margin: '0.125rem 0 0' }}>
        {t(props.fhirUser ? 'users.rolesOfLinked' : 'users.rolesOfNobody')}
      </p>
      <div className={css.choices}>
        {fitting.map(({ name }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={props.chosen.includes(name)}
              onChange={(event) =>
                props.onChange(
                  event.currentTarget.checked
                    ? [...props.chosen, name]
                    : props.chosen.filter((one) => one !== name),
                )
              }
            />
            {t(`role.${name}`, { defaultValue: name })}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

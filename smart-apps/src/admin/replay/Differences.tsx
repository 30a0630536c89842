import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../design/Icon';
import { Status, type Tone } from '../../design/Status';
import css from './Differences.module.css';
import type { Difference } from './preview';

const LOOKS: Record<Difference['change'], [Tone, IconName]> = {
  add: ['good', 'add'],
  replace: ['warn', 'change'],
  remove: ['bad', 'remove'],
};

/** What changes, element by element. */
export function Differences({ caption, differences }: { caption: string; differences: Difference[] }) {
  const { t } = useTranslation();
  const label = {
    path: t('column.element'),
    change: t('column.change'),
    before: t('column.before'),
    after: t('column.after'),
    field: t('column.field'),
  };
  const withFields = differences.some((difference) => difference.field);
  return (
    <table className={`table lines-fixed ${css.table}`}>
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{label.change}</th>
          <th scope="col">{label.path}</th>
          <th scope="col">{label.before}</th>
          <th scope="col">{label.after}</th>
          {withFields && <th scope="col">{label.field}</th>}
        </tr>
      </thead>
      <tbody>
        {differences.map((difference, index) => (
          <tr key={index}>
            <td data-label={label.change}>
              <Status tone={LOOKS[difference.change][0]} icon={LOOKS[difference.change][1]}>
                {t(`change.${difference.change}`)}
              </Status>
            </td>
            <th scope="row" data-label={label.path}>
              <Path path={difference.path} />
            </th>
            <td data-label={label.before} className="mono">
              {difference.before}
            </td>
            <td data-label={label.after} className="mono">
              {difference.after}
            </td>
            {withFields && (
              <td data-label={label.field} className="mono soft nowrap">
                {difference.field}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A path may be broken where one of its steps ends. */
function Path({ path }: { path: string }) {
  return path.split(/(?<=\.)/).map((step, index) => (
    <Fragment key={index}>
      {step}
      <wbr />
    </Fragment>
  ));
}

import { Copy } from '../../design/Copy';
import css from './People.module.css';

/** What is shown this once and can be seen nowhere again. */
export function Secret({ value, what }: { value: string; what: string }) {
  return (
    <span className={css.secret}>
      <Copy value={value} what={what} />
    </span>
  );
}

import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from './profile';
import css from './YamlEditor.module.css';

const LINE = 1.5;

/** A text with numbered lines, of which a faulty one is marked. */
export function YamlEditor(props: {
  value: string;
  problem?: Problem;
  readOnly: boolean;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [top, setTop] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = props.value.split('\n').length;
  const faulty = props.problem?.line ?? 0;
  return (
    <div>
      <label className={css.label} htmlFor={id}>
        {t('profiles.text')}
      </label>
      <div className={css.editor}>
        <div className={css.gutter} aria-hidden="true">
          <div style={{ transform: `translateY(${-top}px)` }}>
            {Array.from({ length: lines }, (_, index) => (
              <span key={index} className={index + 1 === faulty ? css.faulty : undefined}>
                {index + 1}
              </span>
            ))}
          </div>
        </div>
        <div className={css.field}>
          {faulty > 0 && (
            <div
              className={css.stripe}
              style={{ top: `calc(0.5rem + ${(faulty - 1) * LINE}rem)`, transform: `translateY(${-top}px)` }}
            />
          )}
          <textarea
            ref={area}
            id={id}
            className={css.text}
            value={props.value}
            readOnly={props.readOnly}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            wrap="off"
            aria-invalid={props.problem ? true : undefined}
            aria-describedby={props.problem ? `${id}-problem` : undefined}
            onChange={(event) => props.onChange(event.currentTarget.value)}
            onScroll={(event) => setTop(event.currentTarget.scrollTop)}
          />
        </div>
      </div>
      {props.problem && (
        <p id={`${id}-problem`} className="note bad" role="alert" style={{ margin: '0.5rem 0 0' }}>
          {faulty > 0
            ? t('profiles.problem', { line: faulty, text: props.problem.text })
            : props.problem.text}
        </p>
      )}
    </div>
  );
}

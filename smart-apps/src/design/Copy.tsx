import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';

/** A value that is needed elsewhere, with a button that copies it. */
export function Copy({ value, what, short }: { value: string; what: string; short?: boolean }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }
  return (
    <span className="copyable">
      <span className="mono">{short && value.length > 12 ? `${value.slice(0, 8)}…` : value}</span>
      <button
        type="button"
        className="copy"
        aria-label={t('copy', { what })}
        title={t('copy', { what })}
        onClick={copy}
      >
        <Icon name={copied ? 'check' : 'copy'} size={14} />
      </button>
      <span className="hidden" role="status">
        {copied ? t('copied') : ''}
      </span>
    </span>
  );
}

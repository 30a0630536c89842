import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fault } from '../design/Answer';
import { Dialog } from '../design/Dialog';
import { Icon } from '../design/Icon';
import type { Maskable } from './reveal';

/** Offers to show what is masked to those who may, and asks them why. */
export function Reveal({ maskable }: { maskable: Maskable }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { reveal } = maskable;
  if (maskable.revealed) {
    return (
      <Button variant="default" leftSection={<Icon name="unread" />} onClick={maskable.mask}>
        {t('reveal.mask')}
      </Button>
    );
  }
  if (!maskable.mayReveal) {
    return null;
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    reveal.mutate(reason.trim(), {
      onSuccess: () => {
        setAsking(false);
        setReason('');
      },
    });
  }
  return (
    <>
      <Button variant="default" leftSection={<Icon name="eye" />} onClick={() => setAsking(true)}>
        {t('reveal.open')}
      </Button>
      {asking && (
        <Dialog title={t('reveal.title')} onClose={() => setAsking(false)}>
          <form onSubmit={submit} className="stack">
            <p className="soft">{t('reveal.lead')}</p>
            <Textarea
              label={t('reveal.reason')}
              placeholder={t('reveal.example')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              required
              withAsterisk={false}
              maxLength={500}
              rows={3}
              data-autofocus
              autoFocus
            />
            {reveal.isError && <Fault error={reveal.error} />}
            <div className="row actions">
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('cancel')}
              </Button>
              <Button type="submit" disabled={reason.trim().length < 3} loading={reveal.isPending}>
                {t('reveal.submit')}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}

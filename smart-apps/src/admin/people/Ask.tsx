import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Fault } from '../../design/Answer';
import { Dialog } from '../../design/Dialog';

/** Asks before something is done, and says what happens then. What came of it is kept in no cache. */
export function Ask<T>(props: {
  title: string;
  verb: string;
  danger?: boolean;
  disabled?: boolean;
  deed: () => Promise<T>;
  onDone: (done: T) => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const deed = useMutation({ mutationFn: props.deed, gcTime: 0, onSuccess: props.onDone });
  function submit(event: FormEvent) {
    event.preventDefault();
    deed.mutate();
  }
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form className="stack" onSubmit={submit}>
        {props.children}
        {deed.isError && <Fault error={deed.error} />}
        <div className="row actions">
          <Button variant="default" onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            variant={props.danger ? 'default' : 'filled'}
            className={props.danger ? 'danger' : undefined}
            disabled={props.disabled}
            loading={deed.isPending}
          >
            {props.verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

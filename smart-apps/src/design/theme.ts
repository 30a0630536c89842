import { createTheme } from '@mantine/core';

/** The colours behind the names stand in kiln.css: a page may have no style that is made at run time. */
export const theme = createTheme({
  primaryColor: 'teal',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  components: {
    Button: { defaultProps: { radius: 'md', variant: 'filled' }, classNames: { root: 'button' } },
    TextInput: { defaultProps: { radius: 'md' }, classNames: { input: 'input' } },
    NativeSelect: { defaultProps: { radius: 'md' }, classNames: { input: 'input' } },
    Textarea: { defaultProps: { radius: 'md' }, classNames: { input: 'input' } },
  },
});

import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { NewPasswordField } from '@/components/forms/new-password-field';
import { passwordHelp, passwordValidatorsHelpTexts } from '@/lib/contrib/auth/password-validation';

const field = { name: 'new_password1', label: 'New password' };

describe('NewPasswordField', () => {
  it('lists the rules without scripts, tied to the control, and ticks none off', () => {
    const html = renderToStaticMarkup(<NewPasswordField {...field} helpTexts={passwordHelp()} />);
    for (const text of passwordValidatorsHelpTexts()) expect(html).toContain(`<span>${text}`);
    expect(html).toMatch(/<input[^>]* aria-describedby="id_new_password1_rules"/);
    expect(html).toContain('<ul id="id_new_password1_rules"');
    expect(html).not.toContain('data-met');
    expect(html).not.toMatch(/<button|value=/);
  });

  it('takes plain texts too', () => {
    const html = renderToStaticMarkup(<NewPasswordField {...field} helpTexts={['Not a fish.']} />);
    expect(html).toContain('<span>Not a fish.</span>');
  });
});

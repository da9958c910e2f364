import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import type { AdminApp } from '@/lib/contrib/admin/sites';
import { capfirst } from '@/lib/core/text';

/** The apps with their models, and what may be done with each. */
export function AppList({ apps }: { apps: readonly AdminApp[] }) {
  return (
    <div className="space-y-5">
      {apps.map((app) => (
        <Section
          key={app.label}
          title={<TextLink href={`/admin/${app.label}/`}>{app.name}</TextLink>}
        >
          <ul className="-mt-2 divide-y divide-line">
            {app.models.map((model) => (
              <ModelRow key={model.admin.meta.key} {...model} />
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}

function ModelRow({ admin: { meta }, permissions }: AdminApp['models'][number]) {
  const href = `/admin/${meta.appLabel}/${meta.modelName}/`;
  const name = capfirst(meta.verboseNamePlural);
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-4 py-1">
      <span className="min-w-0 grow">
        {permissions.view ? (
          <TextLink href={href} prefetch={false}>
            {name}
          </TextLink>
        ) : (
          name
        )}
      </span>
      {permissions.add && (
        <TextLink
          href={`${href}add/`}
          prefetch={false}
          aria-label={`Add ${meta.verboseName}`}
          className="py-1"
        >
          Add
        </TextLink>
      )}
      {permissions.view && (
        <span className="w-14 text-muted">{permissions.change ? 'Change' : 'View'}</span>
      )}
    </li>
  );
}

import Link from 'next/link';
import type { ReactNode } from 'react';
import { AdminPage } from '@/components/admin/admin-page';
import type { Crumb } from '@/components/admin/breadcrumbs';
import { ObjectLinks } from '@/components/admin/form/object-links';
import { ObjectMenu } from '@/components/admin/object/object-menu';
import { DateTime } from '@/components/date-time';
import { Name } from '@/components/name';
import { tabLink, tabRow } from '@/components/tabs';
import { type ObjectFrame, objectFrame } from '@/lib/contrib/admin/object/object-page';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import type { User } from '@/lib/contrib/auth/models';
import type { HttpRequest } from '@/lib/http/request';

type Props = {
  request: HttpRequest<User>;
  admin: ModelAdmin;
  row: Row;
  /** What the page shows of the object, in a word or two. */
  title: string;
  /** The label of the tab that it is. */
  tab: string;
  crumbs: readonly Crumb[];
  children: ReactNode;
};

/**
 * A page about one object: who or what it is, its other pages as tabs, what may be done with it in a
 * menu.
 */
export async function ObjectPage({ request, admin, row, title, tab, crumbs, children }: Props) {
  const frame = await objectFrame(admin, row, request.user);
  const { header, others } = frame;
  return (
    <AdminPage
      request={request}
      title={`${title}: ${strOf(admin, row)}`}
      heading={header ? <Heading header={header} /> : strOf(admin, row)}
      lead={header ? <HeaderFacts header={header} title={title} /> : title}
      crumbs={crumbs}
      actions={
        header ? (
          <ObjectMenu admin={admin} row={row} frame={frame} />
        ) : (
          <ObjectLinks links={others} />
        )
      }
    >
      <ObjectTabs frame={frame} tab={tab} />
      {children}
    </AdminPage>
  );
}

/** The pages about an object, for one that has a head of its own. */
export function ObjectTabs({ frame: { tabs }, tab }: { frame: ObjectFrame; tab: string }) {
  if (tabs.length === 0) return null;
  return (
    <nav aria-label="About this person" className={tabRow}>
      {tabs.map(({ label, href }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={label === tab ? 'page' : undefined}
          className={tabLink}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

type Header = { header: NonNullable<ObjectFrame['header']> };

function Heading({ header: { name, pills } }: Header) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Name text={name} className="min-w-0 [overflow-wrap:anywhere]" />
      {pills.map(({ text, tone }) => (
        <span key={text} className="pill" data-tone={tone}>
          {text}
        </span>
      ))}
    </span>
  );
}

function HeaderFacts({ header: { detail, facts }, title }: Header & { title: string }) {
  return (
    <>
      <p>
        {title}
        {detail !== '' && (
          <>
            {' · '}
            <bdi>{detail}</bdi>
          </>
        )}
      </p>
      <dl className="mt-1 flex flex-wrap gap-x-6">
        {facts.map(({ label, value }) => (
          <div key={label} className="flex gap-x-1.5">
            <dt>{label}:</dt>
            <dd className="text-ink">
              {value instanceof Date ? <DateTime value={value} /> : value}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

import { Name } from '@/components/name';

const looks = {
  danger: 'border-danger/50 bg-danger-soft',
  warning: 'border-warning/50 bg-warning-soft',
};

type Props = { level: keyof typeof looks; title: string; texts: readonly string[] };

/** Something to read before going on. */
export function Notice({ level, title, texts }: Props) {
  return (
    <div
      role={level === 'danger' ? 'alert' : 'note'}
      className={`rounded-field border px-4 py-3 ${looks[level]}`}
    >
      <p className="font-semibold">
        <Name text={title} />
      </p>
      {texts.map((text) => (
        <p key={text} className="mt-1">
          {text}
        </p>
      ))}
    </div>
  );
}

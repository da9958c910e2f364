import { Button } from '@/components/button';
import { controlLook } from '@/components/forms/field';

/** Whom to put into a group: the address then says whom it was asked for. */
export function MemberSearch({ value }: { value: string }) {
  return (
    <search className="block max-w-96">
      <form method="get" className="flex gap-2">
        <input
          type="search"
          name="q"
          aria-label="Search people"
          placeholder="Name or email"
          defaultValue={value}
          dir="auto"
          className={`${controlLook} h-10 min-w-0 text-sm`}
        />
        <Button>Search</Button>
      </form>
    </search>
  );
}

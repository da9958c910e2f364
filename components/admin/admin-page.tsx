import { AdminFrame, type FrameProps } from '@/components/admin/admin-frame';
import { UndoBar } from '@/components/admin/rights/undo-bar';

type Props = Omit<FrameProps, 'above'> & {
  /** Whether what was just done may be undone from here. */
  hasUndo?: boolean;
};

/** A page of the admin, from which what was just done can be undone. */
export function AdminPage({ hasUndo = true, ...props }: Props) {
  return <AdminFrame {...props} above={hasUndo && <UndoBar request={props.request} />} />;
}

/** The form that says which part of the matrix is shown; fields elsewhere on the page belong to it. */
export const VIEW_FORM = 'matrix-view';

export const control = 'min-h-9 rounded-field border border-edge bg-surface px-3';

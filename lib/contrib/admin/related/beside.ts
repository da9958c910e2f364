/**
 * The name of the buttons beside a field by which who has no scripts adds or changes a row that it names:
 * their value is `add category` or `change lines-0-product`.
 * Django: RelatedFieldWidgetWrapper, whose links need scripts to leave a form as it is
 */
export const BESIDE = '_beside';

/** The name in an address by which the form is found that was kept meanwhile. */
export const KEPT = '_kept';

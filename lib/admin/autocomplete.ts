/**
 * What the search of a field answers, in Django's own form.
 * Django: contrib/admin/views/autocomplete.py AutocompleteJsonView
 */
export type AutocompleteAnswer = {
  results: { id: string; text: string }[];
  pagination: { more: boolean };
};

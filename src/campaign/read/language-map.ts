/** Whether a value of a record is a map from languages to texts, `{ en: …, fr: … }`, or to lists of texts. */
export const isLanguageMap = (value: object): value is Record<string, string | unknown[]> => {
  const fields = Array.isArray(value) ? [] : Object.entries(value);
  return (
    fields.length > 0 &&
    fields.every(
      ([key, item]) =>
        /^[a-z]{2,3}(-|$)/.test(key) && (typeof item === 'string' || Array.isArray(item)),
    )
  );
};

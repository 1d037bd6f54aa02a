/** The lines of an `apache2.conf` by which Debian guards the disk and opens a document root; `override` is what an `.htaccess` there may set. */
export const printDebianRules = (root: string, override: 'None' | 'All'): string => `<Directory />
  Options FollowSymLinks
  AllowOverride None
  Require all denied
</Directory>
<Directory ${JSON.stringify(root)}>
  Options Indexes FollowSymLinks
  AllowOverride ${override}
  Require all granted
</Directory>
<FilesMatch "^\\.ht">
  Require all denied
</FilesMatch>`;

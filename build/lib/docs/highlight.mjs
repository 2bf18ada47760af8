// Colours code when the pages are built: a page holds the marked words, and its style the colours.
import hljs from 'highlight.js/lib/core';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import ini from 'highlight.js/lib/languages/ini';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';

/** @type {import('highlight.js').LanguageFn} */
const shell = ({ HASH_COMMENT_MODE, QUOTE_STRING_MODE, APOS_STRING_MODE }) => ({
  name: 'Shell',
  contains: [
    HASH_COMMENT_MODE,
    QUOTE_STRING_MODE,
    APOS_STRING_MODE,
    { scope: 'built_in', begin: /^\s*[a-z][\w-]*/ },
    { scope: 'attr', begin: /(?<=\s)--?[a-z][\w-]*/ },
    { scope: 'variable', begin: /\$\w+|<[a-z-]+>/ },
  ],
});

const languages = { dockerfile, ini, javascript, json, typescript, sh: shell };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
hljs.registerAliases(['js'], { languageName: 'javascript' });
hljs.registerAliases(['ts'], { languageName: 'typescript' });
hljs.registerAliases(['toml'], { languageName: 'ini' });

/**
 * The HTML of code, with its words marked where the language is known.
 * @param {string} code
 * @param {string} language
 */
export function highlighted(code, language) {
  if (hljs.getLanguage(language)) return hljs.highlight(code, { language }).value;
  return code.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

import type { Words } from './words.ts';

export const fr: Words = {
  language: 'Français',
  title: 'Vérifier une copie',
  lead: 'Cette page dit si la copie d’un site est authentique : si c’est bien ce qu’ont signé les personnes qui détiennent ses clés, entier et inchangé. Rien de ce que vous choisissez ne quitte cet appareil, et la page ne demande rien au réseau.',
  origin:
    'N’utilisez pas un vérificateur venu avec la copie : une fausse copie apporte un faux vérificateur. Prenez cette page dans une publication du projet, ou auprès d’une personne de confiance.',
  keys: {
    heading: 'La clé publique',
    help: 'Ne la prenez jamais dans la copie : une fausse copie est signée, elle aussi, avec une fausse clé. De bonnes sources sont un tract imprimé, une conférence, les sites de plusieurs initiatives, un ami qui a la clé depuis longtemps. Comparez-en deux, caractère par caractère.',
    label: 'Clés publiques, une par ligne ; chacune commence par RW',
    file: 'Choisir des fichiers de clés',
    threshold: 'Combien de ces clés doivent avoir signé (threshold)',
    thresholdHelp: 'Si le champ est vide : toutes.',
  },
  copy: {
    heading: 'La copie',
    help: 'Un dossier, ou un fichier : un zip, un CAR ou une page enregistrée (HTML, MHTML). Sur un téléphone, choisissez le zip.',
    folder: 'Choisir un dossier',
    file: 'Choisir un fichier',
    none: 'Rien n’est encore choisi.',
    chosen: 'Choix : {name}',
  },
  against: {
    heading: 'La copie à laquelle comparer la page',
    help: 'Une page seule est comparée à une copie qui contient la vraie. Cette copie est vérifiée, elle aussi, avec les mêmes clés.',
  },
  check: 'Vérifier',
  stop: 'Arrêter',
  checking: 'Vérification en cours…',
  progress: 'Fichiers : {done} sur {all}',
  verdict: 'Verdict',
  verdicts: {
    authentic: {
      name: 'authentique',
      meaning: 'C’est ce qu’ont signé les personnes qui détiennent les clés, entier et inchangé.',
      now: 'Si vos clés sont authentiques, vous pouvez vous y fier et la transmettre. Comparez le numéro de son édition à celui d’autres copies : cette page ne peut pas savoir s’il en existe une plus récente.',
    },
    unsigned: {
      name: 'non signée',
      meaning:
        'Rien ne prouve qu’elle est authentique : personne ne l’a signée, ou moins de personnes qu’il n’en faut.',
      now: 'Ne vous y fiez pas et ne la transmettez pas. Cherchez une copie signée.',
    },
    stale: {
      name: 'périmée',
      meaning: 'C’est une édition authentique, dont la date est passée.',
      now: 'Cherchez-en une plus récente : ce que dit celle-ci n’est peut-être plus juste.',
    },
    'rolled back': {
      name: 'revenue en arrière',
      meaning: 'C’est une édition authentique, mais on en connaît une plus récente.',
      now: 'Prenez la plus récente : ce que dit celle-ci n’est peut-être plus juste.',
    },
    'too new': {
      name: 'trop récente',
      meaning:
        'Elle est dans un format plus récent que ceux que connaît cette page. Sans une page plus récente, rien ne prouve que la copie est authentique.',
      now: 'Procurez-vous un check.html plus récent dans une publication du projet, jamais dans la copie.',
    },
    forked: {
      name: 'dédoublée',
      meaning: 'Deux éditions différentes ont le même numéro ou le même passé.',
      now: 'Ne vous fiez ni à l’une ni à l’autre tant que les personnes qui détiennent les clés ne l’ont pas expliqué, et prévenez celles qui tiennent des copies.',
    },
    incomplete: {
      name: 'incomplète',
      meaning:
        'Il manque quelque chose. Ce qui est là est juste, sauf si autre chose est dit plus bas.',
      now: 'Récupérez la copie de nouveau.',
    },
    injected: {
      name: 'avec ajout',
      meaning: 'Quelque chose a été ajouté, que personne n’a signé.',
      now: 'Ne l’utilisez pas : l’ajout peut ressembler à une partie du site.',
    },
    tampered: {
      name: 'falsifiée',
      meaning: 'Ce n’est pas ce qui a été signé.',
      now: 'Ne vous y fiez pas, ne suivez pas ses liens, n’utilisez aucun de ses comptes ni contacts. Prévenez les autres.',
    },
    mixed: {
      name: 'mêlée',
      meaning: 'Elle contient des fichiers de plusieurs éditions.',
      now: 'Ne vous y fiez pas. Récupérez-la de nouveau, dans un dossier vide : une mise à jour s’est peut-être interrompue.',
    },
    unreachable: {
      name: 'injoignable',
      meaning: 'Elle n’a pas pu être lue jusqu’au bout. Cela ne dit rien de son authenticité.',
      now: 'Réessayez plus tard, ou prenez une autre copie.',
    },
  },
  page: {
    same: 'Ses mots, ses liens et sa structure sont ceux qu’ont signés les personnes qui détiennent les clés. Ses octets sont autres, comme lorsqu’un navigateur enregistre une page.',
    links:
      'Ses mots sont ceux de la page signée, mais rien ne prouve l’adresse où mènent ses liens. Vérifiez cette adresse avant d’en suivre un.',
  },
  noVerdict: 'Pas de verdict',
  reasons: {
    lack: 'Il manque à ce navigateur de quoi vérifier : {what}. Prenez une version plus récente de Chromium, Firefox ou Safari, ou vérifiez avec Node et verify.mjs.',
    noKey: 'Indiquez au moins une clé publique.',
    badKey: 'Une clé ne peut pas être lue.',
    twice: 'La clé {id} figure deux fois.',
    threshold: 'Indiquez un nombre de clés de 1 à {most}, ou rien.',
    noCopy: 'Choisissez une copie.',
    noReference: 'Choisissez un dossier, un zip ou un CAR auquel comparer la page.',
    other: 'Ce fichier n’est ni un zip, ni un CAR, ni une page.',
    stopped: 'La vérification a été arrêtée.',
    unreadable: 'La copie ne peut pas être lue.',
  },
  report: {
    edition: 'Édition {number} de {campaign}, {date}',
    unproven: 'd’après la copie elle-même',
    newer: 'Cherchez-en une plus récente après le {date}',
    signers: 'Signée par',
    files: 'Fichiers conformes à la liste : {count}',
    list: 'SHA-256 de la liste',
    findings: 'Ce qui a été trouvé',
    notes: 'Bon à savoir',
    more: 'Et {count} de plus.',
    inEnglish: 'Les détails sont en anglais, tels que la commande les affiche.',
  },
  limits: {
    heading: 'Ce que cette page ne voit pas',
    list: [
      'Les navigateurs ne montrent ni les liens symboliques ni les dossiers vides. La commande de verify.mjs les voit.',
      'La page ne retient rien : elle ne sait pas quelles éditions vous avez déjà vues.',
      'Qu’une copie soit authentique ne veut pas dire qu’il est sûr de la lire ou de la garder là où vous êtes.',
    ],
  },
};

import type { Templates } from './template.ts'

export const templates: Templates = {
  groceries: [
    ['Obst und Gemüse', ['Äpfel', 'Bananen', 'Tomaten', 'Zwiebeln', 'Salat']],
    ['Brot', ['Brot', 'Brötchen']],
    ['Kühlregal', ['Milch', 'Butter', 'Käse', 'Joghurt', 'Eier']],
    ['Vorrat', ['Nudeln', 'Reis', 'Kaffee']],
    ['Tiefkühl', []],
    ['Getränke', ['Wasser']],
    ['Haushalt', ['Toilettenpapier', 'Spülmittel']],
  ],
  packing: [
    ['Papiere', ['Ausweis', 'Fahrkarten', 'Geldbeutel', 'Versichertenkarte']],
    ['Kleidung', ['Unterwäsche', 'Socken', 'Hemden', 'Hosen', 'Pullover', 'Regenjacke', 'Schlafanzug']],
    ['Bad', ['Zahnbürste', 'Zahnpasta', 'Shampoo', 'Sonnencreme', 'Medikamente']],
    ['Technik', ['Ladekabel', 'Kopfhörer', 'Steckeradapter']],
    ['Vor der Abreise', ['Pflanzen gießen', 'Fenster schließen', 'Müll rausbringen']],
  ],
  party: [
    [
      'Vorher',
      ['Tag aussuchen', 'Gästeliste schreiben', 'Einladungen verschicken', 'Nachbarn Bescheid sagen'],
    ],
    ['Essen und Trinken', ['Essen planen', 'Kuchen bestellen', 'Getränke kaufen', 'Eiswürfel']],
    ['Ort', ['Musik', 'Dekoration', 'Stühle', 'Gläser und Teller']],
    ['Nachher', ['Aufräumen', 'Pfand wegbringen', 'Danke sagen']],
  ],
  chores: [
    ['Küche', ['*Flächen abwischen', '*Herd putzen', '*Reste aus dem Kühlschrank räumen']],
    ['Bad', ['*Waschbecken putzen', '*Dusche putzen', '*Handtücher wechseln']],
    ['Überall', ['*Staubsaugen', '*Staub wischen', '*Pflanzen gießen']],
    ['Wäsche', ['*Waschen', '*Bettwäsche wechseln']],
    ['Draußen', ['*Müll rausbringen', '*Altglas und Papier']],
  ],
}

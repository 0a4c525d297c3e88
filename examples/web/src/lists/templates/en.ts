import type { Templates } from './template.ts'

export const templates: Templates = {
  groceries: [
    ['Fruit and vegetables', ['Apples', 'Bananas', 'Tomatoes', 'Onions', 'Salad']],
    ['Bread', ['Bread', 'Rolls']],
    ['Fridge', ['Milk', 'Butter', 'Cheese', 'Yoghurt', 'Eggs']],
    ['Pantry', ['Pasta', 'Rice', 'Coffee']],
    ['Frozen', []],
    ['Drinks', ['Water']],
    ['Household', ['Toilet paper', 'Dish soap']],
  ],
  packing: [
    ['Papers', ['Passport', 'Tickets', 'Wallet', 'Insurance card']],
    ['Clothes', ['Underwear', 'Socks', 'Shirts', 'Trousers', 'Jumper', 'Rain jacket', 'Nightclothes']],
    ['Bathroom', ['Toothbrush', 'Toothpaste', 'Shampoo', 'Sun cream', 'Medicine']],
    ['Electronics', ['Phone charger', 'Headphones', 'Power adapter']],
    ['Before leaving', ['Water the plants', 'Close the windows', 'Take out the rubbish']],
  ],
  party: [
    ['Before', ['Choose a day', 'Make the guest list', 'Send the invitations', 'Tell the neighbours']],
    ['Food and drink', ['Plan the menu', 'Order the cake', 'Buy drinks', 'Ice']],
    ['Place', ['Music', 'Decoration', 'Chairs', 'Glasses and plates']],
    ['After', ['Tidy up', 'Return the bottles', 'Say thank you']],
  ],
  chores: [
    ['Kitchen', ['*Wipe the surfaces', '*Clean the hob', '*Empty the fridge of leftovers']],
    ['Bathroom', ['*Clean the basin', '*Clean the shower', '*Change the towels']],
    ['Everywhere', ['*Vacuum', '*Dust', '*Water the plants']],
    ['Laundry', ['*Wash', '*Change the bed linen']],
    ['Out', ['*Take out the rubbish', '*Recycling']],
  ],
}
